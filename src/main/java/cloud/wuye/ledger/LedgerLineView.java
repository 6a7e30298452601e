package cloud.wuye.ledger;

import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A line of an account's statement as clients see it. */
@Type("LedgerLine")
@Description("An amount on an account, and the entry it belongs to. Lines are never changed or removed.")
public record LedgerLineView(
        @Id @NonNull @Description("The journal entry.") UUID entryId,
        @NonNull @Description("What sort of thing is behind the entry.") String sourceType,
        @Id @NonNull @Description("Which one.") String sourceId,
        @NonNull @Description("What happened to it.") String entryKind,
        @NonNull @Description("When it happened.") Instant occurredAt,
        @NonNull @Description("When the books heard of it; the order of the statement.") Instant postedAt,
        @Description("A word for the reader.") String memo,
        @Id @Description("The entry that this one undoes.") UUID reversesId,
        @NonNull @Description("A debit where positive, a credit where negative; at most 6 decimals.") BigDecimal amount,
        @NonNull @Description("How the account stood after this line.") BigDecimal balance) {

    static LedgerLineView of(Row row) {
        return new LedgerLineView(
                row.getUUID("entry_id"),
                row.getString("source_type"),
                row.getString("source_id"),
                row.getString("kind"),
                row.getOffsetDateTime("occurred_at").toInstant(),
                row.getOffsetDateTime("posted_at").toInstant(),
                row.getString("memo"),
                row.getUUID("reverses"),
                row.getBigDecimal("amount"),
                row.getBigDecimal("balance"));
    }
}
