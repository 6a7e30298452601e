package cloud.wuye.device.metering.settlement;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of settlements is ordered by. */
@Description("What a list of settlements is ordered by.")
public enum SettlementRecordSort implements ListSort {
    @Description("By when they were made, newest first unless asked otherwise.")
    SETTLED_AT(Keyset.by(Key.desc("r.settled_at", KeyType.INSTANT), Key.desc("r.id", KeyType.UUID)));

    private final Keyset keyset;

    SettlementRecordSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
