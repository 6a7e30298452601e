package cloud.wuye.device.command;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Enum;

/** What a list of commands is ordered by. */
@Enum("DeviceCommandSort")
@Description("What a list of commands is ordered by.")
public enum CommandSort implements ListSort {
    @Description("By when they were queued, newest first unless asked otherwise.")
    CREATED_AT(Keyset.by(Key.desc("c.created_at", KeyType.INSTANT), Key.desc("c.id", KeyType.UUID)));

    private final Keyset keyset;

    CommandSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
