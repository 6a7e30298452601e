package cloud.wuye.ledger;

import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A difference that the proof found as clients see it. */
@Type("LedgerDifference")
@Description("A figure that is kept and does not equal what it is made of.")
public record LedgerDifferenceView(
        @Id @NonNull @Description("Identifies the difference.") UUID id,
        @NonNull @Description("Which figure.") LedgerCache cache,
        @NonNull @Description("The kind of account.") AccountKind kind,
        @Id @Description("The account's subject; absent for the company's own accounts and for day totals.")
                UUID subjectId,
        @NonNull @Description("The figure that is kept.") BigDecimal cached,
        @NonNull @Description("The sum of what it is made of.") BigDecimal summed,
        @NonNull @Description("When it was found.") Instant foundAt,
        @NonNull @Description("When it was seen last.") Instant seenAt) {

    static LedgerDifferenceView of(Row row) {
        UUID subject = row.getUUID("subject");
        return new LedgerDifferenceView(
                row.getUUID("id"),
                LedgerCache.valueOf(row.getString("cache")),
                AccountKind.valueOf(row.getString("account")),
                subject.equals(Account.COMPANY) ? null : subject,
                row.getBigDecimal("cached"),
                row.getBigDecimal("summed"),
                row.getOffsetDateTime("found_at").toInstant(),
                row.getOffsetDateTime("seen_at").toInstant());
    }
}
