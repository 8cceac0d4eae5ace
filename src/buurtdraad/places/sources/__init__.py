"""Where areas come from: one module per kind of source, each ending in the same plain rows (`rows.AreaRow`)."""
