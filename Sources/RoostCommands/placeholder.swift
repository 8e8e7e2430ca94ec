enum RoostCommandsPlaceholder {}
