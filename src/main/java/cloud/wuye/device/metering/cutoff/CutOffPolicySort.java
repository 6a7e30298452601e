package cloud.wuye.device.metering.cutoff;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of policies is ordered by. */
@Description("What a list of policies is ordered by.")
public enum CutOffPolicySort implements ListSort {
    @Description("By name.")
    NAME(Keyset.by(Key.asc("p.name", KeyType.TEXT), Key.asc("p.id", KeyType.UUID)));

    private final Keyset keyset;

    CutOffPolicySort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
