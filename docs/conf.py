"""How the manual is built: `sphinx-build -n -W -b html docs docs/_build/html`, without a network."""

import sys
from pathlib import Path

import backlog_model

sys.path.insert(0, str(Path(__file__).parent))

project = "backlog_model"
release = version = backlog_model.__version__
extensions = ["myst_parser", "numpydoc", "sphinx.ext.autodoc", "from_package"]
exclude_patterns = ["_build", "pictures"]

# pages are read on GitHub too: anchors of headings as there
myst_heading_anchors = 3

# shapes and units stand in the docstrings; spelled out, the types of NumPy fill whole screens
autodoc_typehints = "none"
autodoc_member_order = "bysource"
numpydoc_show_class_members = False

html_theme = "furo"
html_static_path = ["static"]
html_css_files = ["manual.css"]
html_title = "backlog_model"
html_show_copyright = False
html_show_sphinx = False
html_copy_source = False
# a line of a hundred letters, as commands print them, fits
html_theme_options = {"light_css_variables": {"code-font-size": "11.5px"}}
