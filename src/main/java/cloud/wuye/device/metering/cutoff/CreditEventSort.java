package cloud.wuye.device.metering.cutoff;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of credit events is ordered by. */
@Description("What a list of credit events is ordered by.")
public enum CreditEventSort implements ListSort {
    @Description("By when they were made, newest first unless asked otherwise.")
    AT(Keyset.by(Key.desc("e.at", KeyType.INSTANT), Key.desc("e.id", KeyType.UUID)));

    private final Keyset keyset;

    CreditEventSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
