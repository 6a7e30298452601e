package cloud.wuye.device.metering.cutoff;

import cloud.wuye.device.command.CommandOrigin;
import cloud.wuye.device.metering.account.AccountLife;
import cloud.wuye.device.metering.account.MeterAccount;
import cloud.wuye.device.supply.HoldReason;
import cloud.wuye.device.supply.SupplyHolds;
import cloud.wuye.platform.security.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/**
 * Arrears end with their account: nobody judges it any more, so nobody would ever give its supply back. What the judge remembers is
 * forgotten and the hold released, in the transaction that closes the account. Where the policy wants a person to give supply back,
 * the hold is handed over to staff first, so that the breaker does not close by itself in an empty flat.
 */
@ApplicationScoped
class HoldsEndWithAccounts implements AccountLife {
    /** Whether supply was held, and whether the meter that the account names is still where the account is. */
    private static final String HELD = "SELECT w.held_since, " + CreditFacts.SERVED + " AS served"
            + """

             FROM meter_balance b
            JOIN credit_watch w ON w.tenant_id = b.tenant_id AND w.point_id = b.point_id
            LEFT JOIN meter_state m ON m.tenant_id = b.tenant_id AND m.device_id = b.device_id AND m.register = b.register
            WHERE b.tenant_id = $1 AND b.point_id = $2 FOR UPDATE OF w""";

    private static final String FORGET =
            """
            UPDATE credit_watch SET told = '{}', below_since = NULL, emergency_at = NULL, held_since = NULL, spared_for = NULL,
              spared_until = NULL
            WHERE tenant_id = $1 AND point_id = $2""";

    private final SupplyHolds holds;
    private final CutOffPolicies policies;

    HoldsEndWithAccounts(SupplyHolds holds, CutOffPolicies policies) {
        this.holds = holds;
        this.policies = policies;
    }

    @Override
    public Uni<Void> leaving(SqlConnection tx, MeterAccount account, Caller by, String reason) {
        Tuple point = Tuple.of(account.tenantId(), account.pointId());
        return tx.preparedQuery(HELD).execute(point).flatMap(rows -> {
            if (rows.size() == 0) {
                return Uni.createFrom().voidItem();
            }
            var row = rows.iterator().next();
            boolean held = row.getOffsetDateTime("held_since") != null && row.getBoolean("served");
            return tx.preparedQuery(FORGET)
                    .execute(point)
                    .chain(() -> held ? end(tx, account, by) : Uni.createFrom().voidItem());
        });
    }

    private Uni<Void> end(SqlConnection tx, MeterAccount account, Caller by) {
        List<SupplyHolds.Place> meter = List.of(SupplyHolds.Place.of(account.deviceId()));
        return policies.ofCompanies(tx, Set.of(account.tenantId()))
                .map(known -> known.of(account.tenantId(), account.policyId()).autoReconnect())
                .flatMap(byItself -> byItself
                        ? Uni.createFrom().voidItem()
                        : holds.open(
                                        tx,
                                        account.tenantId(),
                                        meter,
                                        hold(HoldReason.MANUAL, by, "held when the account ended; a person reconnects"))
                                .replaceWithVoid())
                .chain(() -> holds.release(
                        tx, account.tenantId(), meter, hold(HoldReason.ARREARS, by, "the account has ended")))
                .replaceWithVoid();
    }

    private static SupplyHolds.Hold hold(HoldReason reason, Caller by, String note) {
        return new SupplyHolds.Hold(reason, by, CommandOrigin.SYSTEM, note);
    }
}
