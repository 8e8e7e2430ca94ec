enum SessionManagerPlaceholder {}
