/** Operations of the order stream: those of an rxlob batch. */
export const add = 4
export const reduce = 5
export const remove = 6
export const fill = 7
