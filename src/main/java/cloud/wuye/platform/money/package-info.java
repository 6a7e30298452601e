/** Sums of money: whole fen, and the few ways to come to them from a price. */
package cloud.wuye.platform.money;
