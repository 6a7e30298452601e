package cloud.wuye.device.metering.settlement;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A run as clients see it. */
@Type("SettlementRun")
@Description("Meters that are or were settled together, and how far that is.")
public record SettlementRunView(
        @Id @NonNull @Description("The id.") UUID id,
        @NonNull @Description("Readings after it are not looked at.") Instant at,
        @NonNull @Description("When it was asked for.") Instant openedAt,
        @Description("When nothing was left to do; absent while something is.") Instant doneAt,
        @NonNull @Description("Who asked for it.") String byName,
        @Description("How many accounts it is about.") int accounts,
        @Description("How many of them have their record.") int settled,
        @Description("How many of them had nothing new.") int unchanged,
        @Description("How many of them wait: for a price, or until they are charged anew.") int waiting) {
    static final String SELECT =
            """
            select r.id, r.at, r.opened_at, r.done_at, r.by_name, t.accounts, t.settled, t.unchanged, t.waiting
            from settlement_run r
            cross join lateral (
              select count(*)::int as accounts, count(*) filter (where t.state = 'SETTLED')::int as settled,
                     count(*) filter (where t.state = 'NOTHING')::int as unchanged,
                     count(*) filter (where t.state = 'WAITING')::int as waiting
              from settlement_task t where t.tenant_id = r.tenant_id and t.run_id = r.id) t""";

    static SettlementRunView of(Row row) {
        OffsetDateTime done = row.getOffsetDateTime("done_at");
        return new SettlementRunView(
                row.getUUID("id"),
                row.getOffsetDateTime("at").toInstant(),
                row.getOffsetDateTime("opened_at").toInstant(),
                done == null ? null : done.toInstant(),
                row.getString("by_name"),
                row.getInteger("accounts"),
                row.getInteger("settled"),
                row.getInteger("unchanged"),
                row.getInteger("waiting"));
    }
}
