"""x"""
from PySide6.QtWidgets import QWidget
class ModelList(QWidget):
    """x"""
    def __init__(self, e, b): super().__init__()
