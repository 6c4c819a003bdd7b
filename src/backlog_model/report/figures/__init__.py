"""The tidy tables behind charts, sentences and sheets."""
