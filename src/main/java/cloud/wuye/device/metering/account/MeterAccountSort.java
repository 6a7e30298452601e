package cloud.wuye.device.metering.account;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of accounts is ordered by. */
@Description("What a list of accounts is ordered by.")
public enum MeterAccountSort implements ListSort {
    @Description("By when they were opened, the latest first unless asked otherwise.")
    OPENED_AT(Keyset.by(Key.desc("a.opened_at", KeyType.INSTANT), Key.desc("a.point_id", KeyType.UUID)));

    private final Keyset keyset;

    MeterAccountSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
