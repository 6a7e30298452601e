package cloud.wuye.ledger;

import cloud.wuye.platform.paging.InstantRangeInput;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;

/** Which account's statement an export holds, and of which span of time: the arguments of the query {@code ledgerStatement}. */
@RegisterForReflection
record LedgerStatementFilterInput(@NotNull AccountKind kind, UUID subjectId, InstantRangeInput postedAt) {
    boolean namesAnAccount() {
        return kind.hasSubject() == (subjectId != null);
    }

    Account account() {
        return subjectId == null ? Account.of(kind) : Account.of(kind, subjectId);
    }
}
