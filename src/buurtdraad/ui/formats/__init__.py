"""How dates are written, per language, where Django does it otherwise (`FORMAT_MODULE_PATH`)."""
