package cloud.wuye.device.metering.credit;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of clearings of credit is ordered by. */
@Description("What a list of clearings of credit is ordered by.")
public enum MeterClearRecordSort implements ListSort {
    @Description("By when it was wanted, newest first unless asked otherwise.")
    CREATED_AT(Keyset.by(Key.desc("c.created_at", KeyType.INSTANT), Key.desc("c.id", KeyType.UUID)));

    private final Keyset keyset;

    MeterClearRecordSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
