#pragma once

/// What became of asking for the lock.
enum lock { LOCK_TAKEN, LOCK_HELD, LOCK_FAILED };

/// Takes the lock of the session in the working directory, for this process and those that it forks.
///
/// It belongs to the open file, and others can ask for its state without taking it.
enum lock lock_take(void);
