package cloud.wuye.testing;

/** What is always true of paid money, as a question to the tables about where it is not. */
public final class PaidMoney {
    /**
     * Payments that are in none or several of the four places: credited, owed back, gone back, suspense. A condition on the
     * attempt {@code a} may follow.
     */
    public static final String NOT_IN_ONE_PLACE =
            """
            SELECT a.number || ' ' || o.state FROM payment_attempt a
            JOIN payment_order o ON o.tenant_id = a.tenant_id AND o.id = a.order_id
            WHERE a.state = 'SUCCEEDED' AND 1 <>
                (NOT a.surplus AND o.state = 'CREDITED' AND EXISTS (
                  SELECT FROM credit_move m WHERE m.tenant_id = a.tenant_id AND m.point_id = o.subject_id
                    AND m.source_id = o.id::text AND m.kind = 'TOP_UP' AND m.money_fen = o.payable_fen))::int
              + (SELECT count(*) FROM payment_refund r WHERE r.tenant_id = a.tenant_id AND r.attempt_id = a.id
                   AND r.fen = a.paid_fen AND r.state IN ('APPROVED', 'SENT', 'UNKNOWN', 'FAILED'))
              + (SELECT count(*) FROM payment_refund r WHERE r.tenant_id = a.tenant_id AND r.attempt_id = a.id
                   AND r.fen = a.paid_fen AND r.state = 'SUCCEEDED')
              + (SELECT count(*) FROM suspense_item s WHERE s.tenant_id = a.tenant_id AND s.transaction_id = a.transaction_id
                   AND s.fen = a.paid_fen AND s.state = 'OPEN')""";

    private PaidMoney() {}
}
