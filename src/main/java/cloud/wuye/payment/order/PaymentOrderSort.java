package cloud.wuye.payment.order;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of orders to pay is ordered by. */
@Description("What a list of orders to pay is ordered by.")
public enum PaymentOrderSort implements ListSort {
    @Description("By when they were placed, newest first unless asked otherwise.")
    CREATED_AT(Keyset.by(Key.desc("created_at", KeyType.INSTANT), Key.desc("id", KeyType.UUID))),
    @Description("By what is to be paid without the surcharge, the most first unless asked otherwise.")
    PAYABLE(Keyset.by(Key.desc("payable_fen", KeyType.LONG), Key.desc("id", KeyType.UUID)));

    private final Keyset keyset;

    PaymentOrderSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
