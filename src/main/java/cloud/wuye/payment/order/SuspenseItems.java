package cloud.wuye.payment.order;

import static cloud.wuye.platform.db.Columns.utc;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Page;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.Select;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * The payments in suspense and all SQL about them. What is OPEN of the books' currency adds up to their SUSPENSE: whoever posts
 * there moves an item in the same transaction. What came in another moves nothing there: a person settles it. An item that an order holds is locked by the
 * order's row, any other by its own.
 */
@ApplicationScoped
class SuspenseItems {
    private static final String ADD =
            """
            INSERT INTO suspense_item (id, tenant_id, pay_by, transaction_id, number, fen, currency, paid_at, found_at, why, order_id)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            ON CONFLICT (tenant_id, pay_by, transaction_id) DO NOTHING""";
    private static final String ASSIGN =
            """
            UPDATE suspense_item SET state = 'ASSIGNED', order_id = $2, reason = $3, assigned_by = $4, assigned_by_name = $5,
              assigned_at = $6
            WHERE id = $1""";

    private static final String SETTLE =
            """
            UPDATE suspense_item SET state = 'SETTLED', settlement = $2, reason = $3, assigned_by = $4, assigned_by_name = $5,
              assigned_at = $6
            WHERE id = $1""";

    private static final String MOVE =
            "UPDATE suspense_item SET state = $3 WHERE order_id = $1 AND state = $2 AND currency = 'CNY'";

    private final Db db;
    private final Clock clock;

    SuspenseItems(Db db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** Adds a payment that comes into suspense; false when it is there already. */
    Uni<Boolean> add(SqlConnection tx, UUID tenantId, PaymentEvidence evidence, UUID orderId, String why) {
        return tx.preparedQuery(ADD)
                .execute(Tuple.from(new Object[] {
                    Ids.next(),
                    tenantId,
                    evidence.by().name(),
                    evidence.transactionId(),
                    evidence.number(),
                    evidence.fen(),
                    evidence.currency(),
                    utc(evidence.at()),
                    utc(clock.now()),
                    why,
                    orderId
                }))
                .map(rows -> rows.rowCount() == 1);
    }

    /** An item, or null. */
    Uni<SuspenseItem> find(SqlConnection tx, UUID id) {
        return one(tx, "SELECT * FROM suspense_item WHERE id = $1", id);
    }

    /** The same, locked. */
    Uni<SuspenseItem> locked(SqlConnection tx, UUID id) {
        return one(tx, "SELECT * FROM suspense_item WHERE id = $1 FOR UPDATE", id);
    }

    /** An order holds it from now on, so that it can be paid back. */
    Uni<Void> heldBy(SqlConnection tx, SuspenseItem item, UUID orderId) {
        return tx.preparedQuery("UPDATE suspense_item SET order_id = $2 WHERE id = $1")
                .execute(Tuple.of(item.id(), orderId))
                .replaceWithVoid();
    }

    /** It has paid this order. */
    Uni<Void> assigned(SqlConnection tx, SuspenseItem item, UUID orderId, Caller by, String reason) {
        return tx.preparedQuery(ASSIGN)
                .execute(Tuple.of(item.id(), orderId, reason, by.subject(), by.name(), utc(clock.now())))
                .replaceWithVoid();
    }

    /** A person has settled it; it is locked. */
    Uni<Void> settled(SqlConnection tx, SuspenseItem item, ForeignSettlement how, Caller by, String reason) {
        return tx.preparedQuery(SETTLE)
                .execute(Tuple.of(item.id(), how.name(), reason, by.subject(), by.name(), utc(clock.now())))
                .replaceWithVoid();
    }

    /** Under the order's lock: what it holds in suspense is owed back from now on. */
    Uni<Void> refunding(SqlConnection tx, UUID orderId) {
        return move(tx, orderId, SuspenseState.OPEN, SuspenseState.REFUNDING);
    }

    /** Under the order's lock: what was owed back out of suspense has gone back. */
    Uni<Void> refunded(SqlConnection tx, UUID orderId) {
        return move(tx, orderId, SuspenseState.REFUNDING, SuspenseState.REFUNDED);
    }

    /** One page of those that pass the filter. */
    Uni<Page<SuspenseItemView>> page(SuspenseItemFilterInput by, Keyset order, PageInput page) {
        return db.readSql(connection -> Select.of("select * from suspense_item")
                .in("state", by.states())
                .eq("pay_by", by.by())
                .between("found_at", by.since())
                .page(connection, order, page, row -> SuspenseItemView.of(SuspenseItem.of(row))));
    }

    private static Uni<Void> move(SqlConnection tx, UUID orderId, SuspenseState from, SuspenseState to) {
        return tx.preparedQuery(MOVE)
                .execute(Tuple.of(orderId, from.name(), to.name()))
                .replaceWithVoid();
    }

    private static Uni<SuspenseItem> one(SqlConnection tx, String sql, UUID id) {
        return tx.preparedQuery(sql)
                .execute(Tuple.of(id))
                .map(rows -> rows.size() == 0
                        ? null
                        : SuspenseItem.of(rows.iterator().next()));
    }
}
