package cloud.wuye.device.supply;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of entries of the on/off log is ordered by. */
@Description("What a list of entries of the on/off log is ordered by.")
public enum SwitchEventSort implements ListSort {
    @Description("By when it happened, newest first unless asked otherwise.")
    AT(Keyset.by(Key.desc("e.at", KeyType.INSTANT), Key.desc("e.id", KeyType.UUID)));

    private final Keyset keyset;

    SwitchEventSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
