package cloud.wuye.device.metering;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of anomalies is ordered by. */
@Description("What a list of anomalies is ordered by.")
public enum MeterAnomalySort implements ListSort {
    @Description("By when they were noticed, newest first unless asked otherwise.")
    FOUND_AT(Keyset.by(Key.desc("a.found_at", KeyType.INSTANT), Key.desc("a.id", KeyType.UUID)));

    private final Keyset keyset;

    MeterAnomalySort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
