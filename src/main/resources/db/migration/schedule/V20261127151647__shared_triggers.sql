-- Jobs that have come to share a trigger: Quartz would ring for the old ones for ever, and nobody would answer.
DELETE FROM qrtz_simple_triggers WHERE trigger_name IN ('ledger-proof', 'credit-proof', 'suspense-proof', 'post-usage', 'price-meters',
  'bills-overdue', 'leaks', 'own-credit', 'months-ahead', 'tariffs-ahead', 'retention');
DELETE FROM qrtz_triggers WHERE trigger_name IN ('ledger-proof', 'credit-proof', 'suspense-proof', 'post-usage', 'price-meters',
  'bills-overdue', 'leaks', 'own-credit', 'months-ahead', 'tariffs-ahead', 'retention');
DELETE FROM qrtz_job_details WHERE job_name IN ('ledger-proof', 'credit-proof', 'suspense-proof', 'post-usage', 'price-meters',
  'bills-overdue', 'leaks', 'own-credit', 'months-ahead', 'tariffs-ahead', 'retention');
