package cloud.wuye.device.inbox;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of rejected messages is ordered by. */
@Description("What a list of rejected messages is ordered by.")
public enum RejectedMessageSort implements ListSort {
    @Description("By when they first came, newest first unless asked otherwise.")
    RECEIVED_AT(Keyset.by(Key.desc("received_at", KeyType.INSTANT), Key.desc("id", KeyType.UUID))),
    @Description("By when they last came, newest first unless asked otherwise.")
    LAST_AT(Keyset.by(Key.desc("last_at", KeyType.INSTANT), Key.desc("id", KeyType.UUID)));

    private final Keyset keyset;

    RejectedMessageSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
