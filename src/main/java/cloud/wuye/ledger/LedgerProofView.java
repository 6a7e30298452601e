package cloud.wuye.ledger;

import static cloud.wuye.platform.db.Columns.instant;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** How far the books are proven as clients see it. */
@Type("LedgerProof")
@Description("How far the company's books are proven: cached figures held against the sums of lines.")
public record LedgerProofView(
        @Description("The latest proof; absent if there was none yet.") Instant provenAt,
        @Description("The latest proof that read every line from the beginning.") Instant fullAt,
        @Description("Since when another of those is asked for; absent if it is not.") Instant fullWantedAt,
        @NonNull @Description("How many lines are proven.") Long lines,
        @NonNull @Description("What disagrees, newest first, 200 at most. Empty: the books are right.")
                List<@NonNull LedgerDifferenceView> differences) {

    static LedgerProofView of(Row row, List<LedgerDifferenceView> differences) {
        return row == null
                ? new LedgerProofView(null, null, null, 0L, differences)
                : new LedgerProofView(
                        instant(row, "proven_at"),
                        instant(row, "full_at"),
                        instant(row, "full_wanted_at"),
                        row.getLong("lines"),
                        differences);
    }
}
