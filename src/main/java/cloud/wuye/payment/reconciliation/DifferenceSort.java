package cloud.wuye.payment.reconciliation;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of differences is ordered by. */
@Description("What a list of differences is ordered by.")
public enum DifferenceSort implements ListSort {
    @Description("By when they were found, newest first unless asked otherwise.")
    FOUND_AT(Keyset.by(Key.desc("found_at", KeyType.INSTANT), Key.desc("id", KeyType.UUID))),
    @Description("By day, latest first unless asked otherwise.")
    DAY(Keyset.by(Key.desc("day", KeyType.DATE), Key.desc("id", KeyType.UUID))),
    @Description("By the channel's amount, or ours where it has none, the most first unless asked otherwise.")
    AMOUNT(Keyset.by(Key.desc("fen", KeyType.LONG), Key.desc("id", KeyType.UUID)));

    private final Keyset keyset;

    DifferenceSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
