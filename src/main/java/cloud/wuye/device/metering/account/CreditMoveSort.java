package cloud.wuye.device.metering.account;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of movements of credit is ordered by. */
@Description("What a list of movements of credit is ordered by.")
public enum CreditMoveSort implements ListSort {
    @Description("By when they happened, newest first unless asked otherwise.")
    AT(Keyset.by(Key.desc("m.at", KeyType.INSTANT), Key.desc("m.id", KeyType.UUID)));

    private final Keyset keyset;

    CreditMoveSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
