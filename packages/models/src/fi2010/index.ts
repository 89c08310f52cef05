export { fi2010Frame, fi2010Horizons, fi2010Input, fi2010Output, type Fi2010Options } from './fi2010-frame.js'
