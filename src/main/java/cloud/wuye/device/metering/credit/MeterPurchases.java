package cloud.wuye.device.metering.credit;

import static cloud.wuye.platform.db.Columns.instant;
import static cloud.wuye.platform.db.Columns.utc;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The writes of meters' credit, and all SQL that changes them. Whoever changes one has its row locked. */
@ApplicationScoped
class MeterPurchases {
    private static final String SELECT = "SELECT * FROM meter_purchase WHERE ";
    private static final String ADD =
            """
            INSERT INTO meter_purchase (id, tenant_id, point_id, device_id, kind, order_id, reference, quantity, energy_amount,
              service_amount, state, created_at, look_at, by_subject, by_name, reason, before)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)""";
    private static final String SAVE =
            """
            UPDATE meter_purchase
            SET device_id = $3, state = $4, number = $5, command_id = $6, tries = $7, why = $8, before = $9, after = $10,
                written_at = $11, look_at = $12
            WHERE tenant_id = $1 AND id = $2""";
    private static final String OF_COMMANDS = SELECT + "command_id = any($1) ORDER BY id FOR UPDATE";
    private static final String OF_ORDER = SELECT + "order_id = $1 FOR UPDATE";
    private static final String LOCKED = SELECT + "id = $1 FOR UPDATE";
    /** None while another write of the meter's is not through. */
    private static final String NEXT = SELECT
            + """
            device_id = $1 AND state = 'WAITING' AND NOT EXISTS (
              SELECT FROM meter_purchase o WHERE o.device_id = $1 AND o.state IN ('WRITING', 'IN_DOUBT'))
            ORDER BY created_at, id LIMIT 1 FOR UPDATE""";

    private static final String ENDED =
            SELECT + "device_id = $1 AND state IN ('WRITTEN', 'FAILED') AND look_at <= $2 ORDER BY created_at, id";
    private static final String DUE =
            """
            SELECT tenant_id, device_id FROM meter_purchase WHERE look_at <= $1
            GROUP BY tenant_id, device_id ORDER BY min(look_at) LIMIT $2""";
    private static final String PUT_OFF =
            "UPDATE meter_purchase SET look_at = $3 WHERE tenant_id = $1 AND device_id = $2 AND look_at <= $3";
    /** By the meter's own word where it gave one, else by what we know it to have taken. */
    private static final String NUMBER =
            """
            SELECT coalesce((SELECT last_number FROM meter_credit_report WHERE device_id = $1),
                            (SELECT max(number) FROM meter_purchase WHERE device_id = $1 AND state = 'WRITTEN'), 0) + 1 AS number""";

    /** Since it was cleared last, and before this clearing. */
    private static final String BOUGHT =
            """
            SELECT coalesce(sum(p.quantity), 0) AS quantity, coalesce(sum(p.energy_amount), 0) AS energy,
                   coalesce(sum(p.service_amount), 0) AS service
            FROM meter_purchase p
            WHERE p.tenant_id = $1 AND p.point_id = $2 AND p.kind = 'TOP_UP' AND p.state = 'WRITTEN' AND p.created_at < $4
              AND p.created_at > coalesce((SELECT max(c.created_at) FROM meter_purchase c
                WHERE c.tenant_id = $1 AND c.point_id = $2 AND c.kind = 'CLEAR' AND c.state = 'WRITTEN' AND c.id <> $3),
                '-infinity')""";
    /** What the meter last said, and what is on its way to it. */
    private static final String LEFT =
            """
            SELECT r.credit, r.reported_at, (SELECT sum(p.quantity) FROM meter_purchase p
                     WHERE p.device_id = $1 AND p.state IN ('WAITING', 'WRITING', 'IN_DOUBT')) AS under_way
            FROM (SELECT $1::uuid AS id) d LEFT JOIN meter_credit_report r ON r.device_id = d.id""";

    /** What is on its way into a meter, or has come there and is not in the books yet. */
    private static final String UNDER_WAY =
            """
            SELECT sum(quantity) AS quantity FROM meter_purchase
            WHERE tenant_id = $1 AND point_id = $2 AND (state IN ('WAITING', 'WRITING', 'IN_DOUBT') OR look_at IS NOT NULL)""";

    /**
     * What a meter said with a reading of its own accord after that, and before the write was sent. What it says later may be what the
     * write left of it, whenever its answer comes.
     */
    private static final String LAST_WORD =
            """
            SELECT read_credit FROM meter_credit_report
            WHERE tenant_id = $1 AND device_id = $2 AND read_at > $3
              AND read_at <= (SELECT min(t.sent_at) FROM device_command_attempt t WHERE t.tenant_id = $1 AND t.command_id = $4)""";

    /** Company and meter of writes that have to be gone on with. */
    record Due(UUID tenantId, UUID deviceId) {}

    Uni<Void> add(SqlConnection tx, MeterPurchase p) {
        return tx.preparedQuery(ADD)
                .execute(Tuple.from(new Object[] {
                    p.id,
                    p.tenantId,
                    p.pointId,
                    p.deviceId,
                    p.kind.name(),
                    p.orderId,
                    p.reference,
                    p.quantity,
                    p.energyAmount,
                    p.serviceAmount,
                    p.state.name(),
                    utc(p.createdAt),
                    utc(p.lookAt),
                    p.bySubject,
                    p.byName,
                    p.reason,
                    p.before
                }))
                .replaceWithVoid();
    }

    Uni<Void> save(SqlConnection tx, MeterPurchase p) {
        return tx.preparedQuery(SAVE)
                .execute(Tuple.from(new Object[] {
                    p.tenantId,
                    p.id,
                    p.deviceId,
                    p.state.name(),
                    p.number,
                    p.commandId,
                    p.tries,
                    p.why,
                    p.before,
                    p.after,
                    utc(p.writtenAt),
                    utc(p.lookAt)
                }))
                .replaceWithVoid();
    }

    /** Those that these commands carry, locked, of any company that the connection sees. */
    Uni<List<MeterPurchase>> ofCommands(SqlConnection tx, Collection<UUID> commands) {
        return list(tx, OF_COMMANDS, Tuple.of(commands.toArray(UUID[]::new)));
    }

    /** The one that an order paid for, locked, or null. */
    Uni<MeterPurchase> ofOrder(SqlConnection tx, UUID order) {
        return one(tx, OF_ORDER, Tuple.of(order));
    }

    Uni<MeterPurchase> locked(SqlConnection tx, UUID id) {
        return one(tx, LOCKED, Tuple.of(id));
    }

    /** The one whose turn it is at a meter, locked; null while another is under way, or none waits. */
    Uni<MeterPurchase> next(SqlConnection tx, UUID device) {
        return one(tx, NEXT, Tuple.of(device));
    }

    /** Those of a meter that have ended, with what follows still to be done; not locked. */
    Uni<List<MeterPurchase>> ended(SqlConnection tx, UUID device, Instant now) {
        return list(tx, ENDED, Tuple.of(device, utc(now)));
    }

    /** Meters of any company with something to be gone on with. */
    Uni<List<Due>> due(SqlConnection tx, Instant now, int atMost) {
        return tx.preparedQuery(DUE).execute(Tuple.of(utc(now), atMost)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(row -> new Due(row.getUUID("tenant_id"), row.getUUID("device_id")))
                .toList());
    }

    /** Comes back to a meter's writes later. */
    Uni<Void> putOff(SqlConnection tx, Due due, Instant until) {
        return tx.preparedQuery(PUT_OFF)
                .execute(Tuple.of(due.tenantId(), due.deviceId(), utc(until)))
                .replaceWithVoid();
    }

    /** The purchase number that a meter takes next. */
    Uni<Long> nextNumber(SqlConnection tx, UUID device) {
        return tx.preparedQuery(NUMBER)
                .execute(Tuple.of(device))
                .map(rows -> rows.iterator().next().getLong("number"));
    }

    /** What was bought, and written, of which a clearing takes away what is left. */
    Uni<Bought> boughtBefore(SqlConnection tx, MeterPurchase clearing) {
        return tx.preparedQuery(BOUGHT)
                .execute(Tuple.of(clearing.tenantId, clearing.pointId, clearing.id, utc(clearing.createdAt)))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return new Bought(
                            row.getBigDecimal("quantity"), row.getBigDecimal("energy"), row.getBigDecimal("service"));
                });
    }

    /** What a meter last said to be left before it was cleared: what it said with a reading since, else what was known then. */
    Uni<BigDecimal> leftBefore(SqlConnection tx, MeterPurchase clearing) {
        return tx.preparedQuery(LAST_WORD)
                .execute(Tuple.of(clearing.tenantId, clearing.deviceId, utc(clearing.createdAt), clearing.commandId))
                .map(rows -> rows.size() == 0
                        ? clearing.before
                        : rows.iterator().next().getBigDecimal("read_credit"));
    }

    /** What of a point's credit is on its way to its meter or, come there, to the books; null when nothing is. */
    Uni<BigDecimal> underWay(SqlConnection tx, UUID tenantId, UUID pointId) {
        return tx.preparedQuery(UNDER_WAY)
                .execute(Tuple.of(tenantId, pointId))
                .map(rows -> rows.iterator().next().getBigDecimal("quantity"));
    }

    /** What is left in a meter by its own word. */
    Uni<MeterCreditView> left(SqlConnection tx, UUID device) {
        return tx.preparedQuery(LEFT).execute(Tuple.of(device)).map(rows -> {
            Row row = rows.iterator().next();
            return new MeterCreditView(
                    row.getBigDecimal("credit"), instant(row, "reported_at"), null, row.getBigDecimal("under_way"));
        });
    }

    private static Uni<MeterPurchase> one(SqlConnection tx, String sql, Tuple parameters) {
        return list(tx, sql, parameters).map(found -> found.isEmpty() ? null : found.get(0));
    }

    private static Uni<List<MeterPurchase>> list(SqlConnection tx, String sql, Tuple parameters) {
        return tx.preparedQuery(sql).execute(parameters).map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(MeterPurchases::read)
                .toList());
    }

    private static MeterPurchase read(Row row) {
        MeterPurchase p = new MeterPurchase();
        p.id = row.getUUID("id");
        p.tenantId = row.getUUID("tenant_id");
        p.pointId = row.getUUID("point_id");
        p.deviceId = row.getUUID("device_id");
        p.kind = PurchaseKind.valueOf(row.getString("kind"));
        p.orderId = row.getUUID("order_id");
        p.reference = row.getString("reference");
        p.quantity = row.getBigDecimal("quantity");
        p.energyAmount = row.getBigDecimal("energy_amount");
        p.serviceAmount = row.getBigDecimal("service_amount");
        p.state = PurchaseState.valueOf(row.getString("state"));
        p.number = row.getLong("number");
        p.commandId = row.getUUID("command_id");
        p.tries = row.getInteger("tries");
        p.why = row.getString("why");
        p.before = row.getBigDecimal("before");
        p.after = row.getBigDecimal("after");
        p.createdAt = instant(row, "created_at");
        p.writtenAt = instant(row, "written_at");
        p.lookAt = instant(row, "look_at");
        p.bySubject = row.getString("by_subject");
        p.byName = row.getString("by_name");
        p.reason = row.getString("reason");
        return p;
    }
}
