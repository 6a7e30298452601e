package cloud.wuye.ledger;

import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** An account as clients see it. */
@Type("LedgerAccount")
@Description("An account of the company's books that was posted to at least once.")
public record LedgerAccountView(
        @NonNull @Description("What it is for.") AccountKind kind,
        @Id @Description("The meter, wallet, session or customer it belongs to; absent for the company's own.")
                UUID subjectId,
        @NonNull @Description("What it counts.") LedgerUnit unit,
        @NonNull
                @Description(
                        "How it stands: debits less credits, so credit a customer has is negative; at most 6 decimals.")
                BigDecimal balance) {

    static LedgerAccountView of(Row row) {
        AccountKind kind = AccountKind.valueOf(row.getString("account"));
        return new LedgerAccountView(
                kind, kind.hasSubject() ? row.getUUID("subject") : null, kind.unit(), row.getBigDecimal("balance"));
    }
}
