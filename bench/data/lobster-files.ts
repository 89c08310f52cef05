import { join } from 'node:path'

/** The generated pair: a simulated session of ten levels. */
export const messageFile = (folder: string): string => join(folder, 'SIM_2024-01-02_34200000_57600000_message_10.csv')
export const orderbookFile = (folder: string): string => join(folder, 'SIM_2024-01-02_34200000_57600000_orderbook_10.csv')
