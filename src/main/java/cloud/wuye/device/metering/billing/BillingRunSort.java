package cloud.wuye.device.metering.billing;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of billing runs is ordered by. */
@Description("What a list of billing runs is ordered by.")
public enum BillingRunSort implements ListSort {
    @Description("By the cut-off, latest first unless asked otherwise.")
    CUT_AT(Keyset.by(Key.desc("r.cut_at", KeyType.INSTANT), Key.desc("r.id", KeyType.UUID)));

    private final Keyset keyset;

    BillingRunSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
