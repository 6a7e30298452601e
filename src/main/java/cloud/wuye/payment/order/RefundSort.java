package cloud.wuye.payment.order;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of refunds is ordered by. */
@Description("What a list of refunds is ordered by.")
public enum RefundSort implements ListSort {
    @Description("By when they were asked for, newest first unless asked otherwise.")
    CREATED_AT(Keyset.by(Key.desc("created_at", KeyType.INSTANT), Key.desc("id", KeyType.UUID))),
    @Description("By amount, the most first unless asked otherwise.")
    AMOUNT(Keyset.by(Key.desc("fen", KeyType.LONG), Key.desc("id", KeyType.UUID)));

    private final Keyset keyset;

    RefundSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
