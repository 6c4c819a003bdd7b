"""What the past says: data checks, ledger, calibration, forecasting, reconciliation."""
