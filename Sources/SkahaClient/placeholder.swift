enum SkahaClientPlaceholder {}
