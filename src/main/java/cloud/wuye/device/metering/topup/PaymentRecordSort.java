package cloud.wuye.device.metering.topup;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of payment records is ordered by. */
@Description("What a list of payment records is ordered by.")
public enum PaymentRecordSort implements ListSort {
    @Description("By when they were placed, newest first unless asked otherwise.")
    CREATED_AT(Keyset.by(Key.desc("t.created_at", KeyType.INSTANT), Key.desc("t.order_id", KeyType.UUID))),
    @Description("By the meter's number.")
    METER_NO(Keyset.by(
            Key.asc("t.meter_no", KeyType.TEXT),
            Key.asc("t.created_at", KeyType.INSTANT),
            Key.asc("t.order_id", KeyType.UUID)));

    private final Keyset keyset;

    PaymentRecordSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
