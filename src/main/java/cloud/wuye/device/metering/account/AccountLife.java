package cloud.wuye.device.metering.account;

import cloud.wuye.platform.security.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/**
 * Who knows of more that belongs to an account than its balance says, and therefore has a word when one begins or ends. All of it
 * happens in the transaction that opens or closes the account.
 */
public interface AccountLife {
    /** It has been opened. */
    default Uni<Void> opened(SqlConnection tx, MeterAccount account) {
        return Uni.createFrom().voidItem();
    }

    /**
     * It is about to end, closed or made one of another mode; its balance is held. Brings the balance up to date, or refuses.
     *
     * @throws cloud.wuye.platform.problem.Problem if something is left that the balance does not show
     */
    default Uni<Void> ending(SqlConnection tx, MeterAccount account) {
        return Uni.createFrom().voidItem();
    }

    /**
     * It is about to become one of another mode, authority or unit; its balance is held.
     *
     * @throws cloud.wuye.platform.problem.Problem if something is under way that was meant for what it is now
     */
    default Uni<Void> changing(SqlConnection tx, MeterAccount account) {
        return Uni.createFrom().voidItem();
    }

    /**
     * It ends now, closed or made one of another mode: all is charged and posted, and nothing is left of its balance. Settles what
     * else the customer has to get.
     *
     * @param reason may be null
     * @throws cloud.wuye.platform.problem.Problem if that cannot be settled yet
     */
    default Uni<Void> leaving(SqlConnection tx, MeterAccount account, Caller by, String reason) {
        return Uni.createFrom().voidItem();
    }
}
