package cloud.wuye.payment.order;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.UUID;

/** The companies' terms of payment. */
@ApplicationScoped
class PaymentTermsStore {
    private static final String KEEP =
            """
            INSERT INTO payment_terms AS t (tenant_id, fee_rate, fee_payer, pay_within_s) VALUES ($1, $2, $3, $4)
            ON CONFLICT (tenant_id) DO UPDATE SET fee_rate = excluded.fee_rate, fee_payer = excluded.fee_payer,
              pay_within_s = excluded.pay_within_s, version = t.version + 1""";

    /** The terms of the transaction's company; the usual ones while it has none of its own. */
    Uni<PaymentTerms> of(SqlConnection tx) {
        return tx.preparedQuery("SELECT fee_rate, fee_payer, pay_within_s FROM payment_terms")
                .execute()
                .map(rows -> {
                    if (rows.size() == 0) {
                        return PaymentTerms.USUAL;
                    }
                    var row = rows.iterator().next();
                    return new PaymentTerms(
                            row.get(BigDecimal.class, "fee_rate"),
                            FeePayer.valueOf(row.getString("fee_payer")),
                            Duration.ofSeconds(row.getInteger("pay_within_s")));
                });
    }

    /** Sets them; orders that were placed before keep theirs. */
    Uni<Void> keep(SqlConnection tx, UUID tenant, PaymentTerms terms) {
        return tx.preparedQuery(KEEP)
                .execute(Tuple.of(tenant, terms.feeRate(), terms.feePayer().name(), (int)
                        terms.payWithin().toSeconds()))
                .replaceWithVoid();
    }
}
