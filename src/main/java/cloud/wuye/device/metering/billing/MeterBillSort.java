package cloud.wuye.device.metering.billing;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of bills is ordered by. */
@Description("What a list of bills is ordered by.")
public enum MeterBillSort implements ListSort {
    @Description("By time of issue, newest first unless asked otherwise.")
    ISSUED_AT(Keyset.by(Key.desc("b.issued_at", KeyType.INSTANT), Key.desc("b.id", KeyType.UUID))),
    @Description("By the day on which it is due, latest first unless asked otherwise.")
    DUE_ON(Keyset.by(Key.desc("b.due_on", KeyType.DATE), Key.desc("b.id", KeyType.UUID))),
    @Description("By what is asked for, most first unless asked otherwise.")
    PAYABLE(Keyset.by(Key.desc("b.payable_fen", KeyType.LONG), Key.desc("b.id", KeyType.UUID)));

    private final Keyset keyset;

    MeterBillSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
