package cloud.wuye.payment.order;

import static cloud.wuye.ledger.AccountKind.CASH_DESK;

import cloud.wuye.ledger.Account;
import cloud.wuye.ledger.Balances;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Supplier;

/** What staff hold by hand, by the books: nobody takes more out of it than is in it. */
@ApplicationScoped
public class CashDesk {
    /** Two at once must not take the same cash. */
    private static final String ALONE = "SELECT pg_advisory_xact_lock(hashtext('cash-desk'), hashtext($1))";

    private final Balances balances;

    CashDesk(Balances balances) {
        this.balances = balances;
    }

    /**
     * Takes money out, in the caller's transaction: nobody else does until it ends.
     *
     * @param posting posts that so much was taken; what it gives is given back
     * @throws Problem CASH_DESK_TOO_LOW at this field if there was less; the transaction must then be rolled back
     */
    public <T> Uni<T> take(SqlConnection tx, UUID tenantId, long fen, String field, Supplier<Uni<T>> posting) {
        return tx.preparedQuery(ALONE)
                .execute(Tuple.of(tenantId.toString()))
                .chain(posting::get)
                .call(() -> balances.of(tx, tenantId, Account.of(CASH_DESK)).invoke(left -> {
                    if (left.signum() < 0) {
                        throw new Problem(
                                ProblemCode.CASH_DESK_TOO_LOW,
                                field,
                                left.movePointRight(2).longValueExact() + fen);
                    }
                }));
    }
}
