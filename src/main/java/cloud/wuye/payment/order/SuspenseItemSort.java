package cloud.wuye.payment.order;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of payments in suspense is ordered by. */
@Description("What a list of payments in suspense is ordered by.")
public enum SuspenseItemSort implements ListSort {
    @Description("By since when they stand there, newest first unless asked otherwise.")
    SINCE(Keyset.by(Key.desc("found_at", KeyType.INSTANT), Key.desc("id", KeyType.UUID))),
    @Description("By amount, the most first unless asked otherwise.")
    AMOUNT(Keyset.by(Key.desc("fen", KeyType.LONG), Key.desc("id", KeyType.UUID)));

    private final Keyset keyset;

    SuspenseItemSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
