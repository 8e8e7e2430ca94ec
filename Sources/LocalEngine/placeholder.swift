enum LocalEnginePlaceholder {}
