package cloud.wuye.device.metering.report;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of consumption records is ordered by. */
@Description("What a list of consumption records is ordered by.")
public enum ConsumptionRecordSort implements ListSort {
    @Description(
            "By day or month, the latest first unless asked otherwise. Months are summed up for each page: give them a span.")
    PERIOD(Keyset.by(
            Key.desc("c.day", KeyType.DATE),
            Key.desc("c.device_id", KeyType.UUID),
            Key.desc("c.service_point_id", KeyType.UUID)));

    private final Keyset keyset;

    ConsumptionRecordSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
