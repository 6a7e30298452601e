package cloud.wuye.device.inbox;

import static cloud.wuye.platform.db.Columns.instant;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Page;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.Select;
import cloud.wuye.platform.security.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** The messages that were not taken, as people ask for them. */
@ApplicationScoped
class RejectedMessages {
    /** Whose messages nobody's are: the platform's operator sees them. */
    static final UUID NOBODY = new UUID(0, 0);

    private final Db db;

    RejectedMessages(Db db) {
        this.db = db;
    }

    Uni<Page<RejectedMessageView>> page(
            Caller caller, RejectedMessageFilterInput filter, Keyset order, PageInput page) {
        Select select = filter.select("SELECT " + RejectedMessageView.COLUMNS + " FROM rejected_message");
        return caller.tenantId() == null
                ? db.acrossTenants("the operator's view of messages of no company", tx -> select.eq("tenant_id", NOBODY)
                        .page(tx, order, page, RejectedMessageView::of))
                : db.readSql(tx -> select.page(tx, order, page, RejectedMessageView::of));
    }

    /** The oldest of the caller's company, whole. */
    Uni<List<Waiting>> oldest(RejectedMessageFilterInput filter, int limit) {
        Select select = filter.select("SELECT id, topic, payload, received_at FROM rejected_message");
        return db.readSql(tx -> select.where("replayed_at IS NULL and reason <> 'TOO_MANY'")
                .list(tx, "ORDER BY received_at, id LIMIT " + limit, Waiting::of));
    }

    /** Those of these ids, as they stand now. */
    Uni<List<RejectedMessageView>> byIds(List<UUID> ids) {
        return db.readSql(tx -> Select.of("SELECT " + RejectedMessageView.COLUMNS + " FROM rejected_message")
                .in("id", ids)
                .list(tx, "ORDER BY received_at, id", RejectedMessageView::of));
    }

    /** A message that waits to be replayed; like a kept one, it proves nothing about now. */
    record Waiting(UUID id, Arrival arrival) {
        static Waiting of(Row row) {
            return new Waiting(
                    row.getUUID("id"),
                    new Arrival(
                            row.getString("topic"),
                            row.getBuffer("payload").getBytes(),
                            true,
                            instant(row, "received_at"),
                            () -> {}));
        }
    }
}
