package cloud.wuye.device.metering.cutoff;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of decisions is ordered by. */
@Description("What a list of decisions is ordered by.")
public enum CutOffDecisionSort implements ListSort {
    @Description("By when they were made, newest first unless asked otherwise.")
    AT(Keyset.by(Key.desc("e.at", KeyType.INSTANT), Key.desc("e.id", KeyType.UUID)));

    private final Keyset keyset;

    CutOffDecisionSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
