"""The defect of KB883522 on real mail software: Postfix, clamd, and a store whose answer to what it deletes varies."""
