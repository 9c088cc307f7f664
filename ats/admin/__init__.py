from ats.admin.windows import BLOCKS, SCREENS

__all__ = ["BLOCKS", "SCREENS"]
