package cloud.wuye.device.metering.account;

import static cloud.wuye.platform.db.Columns.utc;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * All accounts and how they stand. Whoever changes how far an account is charged holds its meters' counters first
 * ({@link #holdCounters}), then its balance ({@link #held}): the order in which ingest takes them.
 */
@ApplicationScoped
public class MeterAccounts {
    private static final String OF_DEVICE = "SELECT * FROM meter_account WHERE device_id = $1 AND closed_at IS NULL";
    private static final String OF_DEVICES =
            "SELECT * FROM meter_account WHERE device_id = any($1) AND closed_at IS NULL";
    private static final String BY_POINT = "SELECT * FROM meter_account WHERE tenant_id = $1 AND point_id = $2";
    private static final String BALANCES = "SELECT * FROM meter_balance WHERE point_id = any($1)";
    private static final String HOLD_COUNTERS =
            """
            SELECT register FROM meter_state
            WHERE tenant_id = $1 AND device_id IN (
              SELECT device_id FROM meter_balance WHERE tenant_id = $1 AND point_id = $2
              UNION
              SELECT device_id FROM meter_installation WHERE tenant_id = $1 AND service_point_id = $2)
            ORDER BY device_id, register FOR UPDATE""";
    private static final String HELD = "SELECT * FROM meter_balance WHERE tenant_id = $1 AND point_id = $2 FOR UPDATE";
    private static final String ADD =
            """
            INSERT INTO meter_account (tenant_id, point_id, device_id, commodity, mode, authority, unit, plan_id, customer_id,
              overdraft_limit, emergency_limit, keep_supply, low_levels, policy_id, opened_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            ON CONFLICT (tenant_id, point_id) DO UPDATE
            SET device_id = excluded.device_id, commodity = excluded.commodity, mode = excluded.mode, authority = excluded.authority,
                unit = excluded.unit, plan_id = excluded.plan_id, customer_id = excluded.customer_id,
                overdraft_limit = excluded.overdraft_limit, emergency_limit = excluded.emergency_limit,
                keep_supply = excluded.keep_supply, low_levels = excluded.low_levels, policy_id = excluded.policy_id,
                opened_at = excluded.opened_at, closed_at = NULL, version = meter_account.version + 1
            WHERE meter_account.closed_at IS NOT NULL
            RETURNING *""";
    /** What was used before the meter's last believed reading is not charged. */
    private static final String ADD_BALANCE =
            """
            INSERT INTO meter_balance (tenant_id, point_id, device_id, plan_id, in_quantity, look_below, starts_at, charged_until,
              posted_at)
            SELECT $1, $2, $3, $4, $5, $6, s.at, s.at, $7
            FROM (SELECT coalesce((SELECT base_at FROM meter_state WHERE tenant_id = $1 AND device_id = $3 AND register = 'TOTAL'),
                                  $7) AS at) s
            ON CONFLICT (tenant_id, point_id) DO UPDATE
            SET device_id = excluded.device_id, plan_id = excluded.plan_id, in_quantity = excluded.in_quantity,
                look_below = excluded.look_below, starts_at = excluded.starts_at, charged_until = excluded.charged_until,
                rerate_from = NULL, unpriced_since = NULL""";

    private static final String CHANGE =
            """
            UPDATE meter_account
            SET plan_id = $3, customer_id = $4, overdraft_limit = $5, emergency_limit = $6, keep_supply = $7, low_levels = $8,
                policy_id = $9, version = version + 1
            WHERE tenant_id = $1 AND point_id = $2
            RETURNING *""";
    private static final String CHANGE_BALANCE =
            """
            UPDATE meter_balance
            SET look_below = $3, look_at = CASE WHEN $6::boolean THEN $4::timestamptz END,
                plan_id = CASE WHEN plan_id IS NULL THEN NULL ELSE $5::uuid END
            WHERE tenant_id = $1 AND point_id = $2""";
    private static final String CLOSE =
            "UPDATE meter_account SET closed_at = $3, version = version + 1 WHERE tenant_id = $1 AND point_id = $2";
    private static final String STOP =
            "UPDATE meter_balance SET plan_id = NULL, look_below = NULL, look_at = NULL WHERE tenant_id = $1 AND point_id = $2";

    /** The open account that a meter serves, of the connection's tenant; null without one. */
    public Uni<MeterAccount> ofDevice(SqlConnection tx, UUID deviceId) {
        return tx.preparedQuery(OF_DEVICE).execute(Tuple.of(deviceId)).map(rows -> first(rows, MeterAccount::of));
    }

    /** The same, or ACCOUNT_MISSING at this field. */
    public Uni<MeterAccount> require(SqlConnection tx, UUID deviceId, String field) {
        return ofDevice(tx, deviceId).invoke(found -> {
            if (found == null) {
                throw new Problem(ProblemCode.ACCOUNT_MISSING, field, deviceId);
            }
        });
    }

    /** The open accounts of these meters, by meter. */
    public Uni<Map<UUID, MeterAccount>> ofDevices(SqlConnection connection, Collection<UUID> deviceIds) {
        return connection
                .preparedQuery(OF_DEVICES)
                .execute(Tuple.of(deviceIds.stream().distinct().toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, MeterAccount> found = new HashMap<>();
                    rows.forEach(row -> found.put(row.getUUID("device_id"), MeterAccount.of(row)));
                    return found;
                });
    }

    /** The account of a service point, open or closed; null without one. */
    public Uni<MeterAccount> byPoint(SqlConnection tx, UUID tenantId, UUID pointId) {
        return tx.preparedQuery(BY_POINT)
                .execute(Tuple.of(tenantId, pointId))
                .map(rows -> first(rows, MeterAccount::of));
    }

    /** How these points stand, by point, without waiting for anybody. */
    public Uni<Map<UUID, Balance>> balances(SqlConnection connection, Collection<UUID> pointIds) {
        return connection
                .preparedQuery(BALANCES)
                .execute(Tuple.of(pointIds.stream().distinct().toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, Balance> found = new HashMap<>();
                    rows.forEach(row -> found.put(row.getUUID("point_id"), Balance.of(row)));
                    return found;
                });
    }

    /** Holds the counters of all meters that serve or served a point, in the order in which ingest does. */
    public Uni<Void> holdCounters(SqlConnection tx, UUID tenantId, UUID pointId) {
        return tx.preparedQuery(HOLD_COUNTERS)
                .execute(Tuple.of(tenantId, pointId))
                .replaceWithVoid();
    }

    /** Holds a point's balance: nobody else moves its credit until the transaction ends. Null without one. */
    public Uni<Balance> held(SqlConnection tx, UUID tenantId, UUID pointId) {
        return tx.preparedQuery(HELD).execute(Tuple.of(tenantId, pointId)).map(rows -> first(rows, Balance::of));
    }

    /** Opens an account, or a closed one again; null when it is open already. The meter's counters are held. */
    Uni<MeterAccount> open(SqlConnection tx, MeterAccount account) {
        return tx.preparedQuery(ADD)
                .execute(Tuple.from(new Object[] {
                    account.tenantId(),
                    account.pointId(),
                    account.deviceId(),
                    account.commodity().name(),
                    account.mode().name(),
                    account.authority().name(),
                    account.unit().name(),
                    account.planId(),
                    account.customerId(),
                    account.overdraftLimit(),
                    account.emergencyLimit(),
                    account.keepSupply(),
                    levels(account.lowLevels()),
                    account.policyId(),
                    utc(account.openedAt())
                }))
                .map(rows -> first(rows, MeterAccount::of))
                .call(opened -> opened == null ? Uni.createFrom().voidItem() : addBalance(tx, opened));
    }

    private static Uni<?> addBalance(SqlConnection tx, MeterAccount account) {
        return tx.preparedQuery(ADD_BALANCE).execute(Tuple.from(new Object[] {
            account.tenantId(),
            account.pointId(),
            account.deviceId(),
            account.charged() ? account.planId() : null,
            account.unit() == CreditUnit.QUANTITY,
            account.lookBelow(),
            utc(account.openedAt())
        }));
    }

    /** Writes changed terms; what the account is (mode, authority, unit) stays. Somebody will look at it at once. */
    Uni<MeterAccount> change(SqlConnection tx, MeterAccount account, Instant now) {
        return tx.preparedQuery(CHANGE)
                .execute(Tuple.from(new Object[] {
                    account.tenantId(),
                    account.pointId(),
                    account.planId(),
                    account.customerId(),
                    account.overdraftLimit(),
                    account.emergencyLimit(),
                    account.keepSupply(),
                    levels(account.lowLevels()),
                    account.policyId()
                }))
                .map(rows -> first(rows, MeterAccount::of))
                .call(changed -> tx.preparedQuery(CHANGE_BALANCE)
                        .execute(Tuple.of(
                                changed.tenantId(),
                                changed.pointId(),
                                changed.lookBelow(),
                                utc(now),
                                changed.planId(),
                                changed.charged())));
    }

    /** Closes an account: nothing is charged from now on. */
    Uni<Void> close(SqlConnection tx, MeterAccount account, Instant now) {
        return tx.preparedQuery(CLOSE)
                .execute(Tuple.of(account.tenantId(), account.pointId(), utc(now)))
                .chain(() -> tx.preparedQuery(STOP).execute(Tuple.of(account.tenantId(), account.pointId())))
                .replaceWithVoid();
    }

    private static BigDecimal[] levels(List<BigDecimal> levels) {
        return levels.toArray(BigDecimal[]::new);
    }

    private static <T> T first(RowSet<Row> rows, Function<Row, T> read) {
        return rows.size() == 0 ? null : read.apply(rows.iterator().next());
    }
}
