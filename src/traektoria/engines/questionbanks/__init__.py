"""Banks of questions: GIFT, Moodle XML, Aiken, QTI and tables into one model, and back into GIFT and XLSX."""
