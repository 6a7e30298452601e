package cloud.wuye.payment.order;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.UUID;

/**
 * What orders of one kind buy. A feature below makes a bean of this interface; payment knows it by its name only. Money is
 * in the subject's CUSTOMER_CREDIT before any method is called.
 */
public interface OrderPurpose {
    /** The name that its orders carry, such as {@code METER_TOP_UP}. */
    String name();

    /**
     * Gives what was bought, in a transaction in which the order is locked and stands at CREDITING. A failure rolls back and
     * is tried again later, so it must be safe to repeat; what can never be given says so with {@link Given#REFUSED}.
     */
    Uni<Given> give(SqlConnection tx, PaidOrder order);

    /**
     * Takes back what was given for a part of the price, before it is refunded; a Problem refuses, for instance because it
     * has been used. Only called for orders that were credited.
     *
     * @param fen how much of the price, in fen
     */
    Uni<Void> takeBack(SqlConnection tx, PaidOrder order, long fen);

    /**
     * Money of unknown origin was found to be for a subject. What an order over it would be, for which the money is put to the
     * subject's credit and {@link #give} is called as for any other; a Problem refuses, which is what happens unless a purpose
     * says otherwise.
     *
     * @param fen the price, in fen
     */
    default Uni<NewOrder> forFoundMoney(SqlConnection tx, UUID subjectId, long fen) {
        return Uni.createFrom().failure(new Problem(ProblemCode.VALIDATION, "purpose", name()));
    }

    /** How far the giving is. */
    enum Given {
        /** It is done. */
        DONE,
        /** It has begun; {@link OrderCredits} is told how it ends. */
        UNDER_WAY,
        /** It cannot be given, now or later: the money goes back. */
        REFUSED
    }
}
