"""The two doors for complaints, and what whoever filed a case does with it."""
