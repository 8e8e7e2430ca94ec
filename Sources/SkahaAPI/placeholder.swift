enum SkahaAPIPlaceholder {}
