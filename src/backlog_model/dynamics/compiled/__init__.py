"""The yearly model as machine code: the same equations as `simulation`, many times faster over many draws.

The model is run once on numbers that write down what is done with them (`tracing`, `equations`); what is left of it is
written as code on vectors of draws (`vector_code`, `program`), compiled and kept on disk (`machine_code`), and called
once for all draws, regions and years (`execution`). Other threads run during the call. Needs llvmlite.
"""

from backlog_model.dynamics.compiled.counting import tally
from backlog_model.dynamics.compiled.execution import Workspace, records
from backlog_model.dynamics.compiled.machine_code import is_available
from backlog_model.dynamics.compiled.structure import supports

__all__ = ["Workspace", "is_available", "records", "supports", "tally"]
