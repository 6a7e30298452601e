package cloud.wuye.payment.reconciliation;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import org.eclipse.microprofile.graphql.Description;

/** What a list of differences is ordered by. */
@Description("What a list of differences is ordered by.")
public enum DifferenceSort {
    @Description("By when they were found.")
    FOUND_AT(Keyset.by(Key.desc("found_at", KeyType.INSTANT), Key.desc("id", KeyType.UUID))),
    @Description("By day.")
    DAY(Keyset.by(Key.desc("day", KeyType.DATE), Key.desc("id", KeyType.UUID))),
    @Description("By the channel's amount, or ours where it has none.")
    AMOUNT(Keyset.by(Key.desc("fen", KeyType.LONG), Key.desc("id", KeyType.UUID)));

    private final Keyset keyset;

    DifferenceSort(Keyset keyset) {
        this.keyset = keyset;
    }

    Keyset keyset() {
        return keyset;
    }
}
